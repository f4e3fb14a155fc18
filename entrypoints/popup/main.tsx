import { PopupApp } from '../../components/popup/PopupApp.tsx';
import { mount } from '../../components/look/mount.tsx';
import '../../components/look/start.css';
import '../../components/look/popup.css';

mount(<PopupApp />);
