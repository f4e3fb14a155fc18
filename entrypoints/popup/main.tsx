import { fitWindow } from '../../components/popup/fit-window.ts';
import { PopupApp } from '../../components/popup/PopupApp.tsx';
import { mount } from '../../components/shared/mount.tsx';
import '../../components/styles/start.css';
import '../../components/styles/popup.css';

fitWindow();
mount(<PopupApp />);
