import { WelcomeApp } from '../../components/welcome/WelcomeApp.tsx';
import { mount } from '../../components/look/mount.tsx';
import '../../components/look/options.css';
import '../../components/look/start.css';
import '../../components/look/welcome.css';

mount(<WelcomeApp />);
